// A provider of models on this machine, as the extension's server meets one: chat completions with streams.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export class Models {
  questions = [];
  left = 0;

  /** `answer` gets what was asked, as text, and gives words, `{ endless: true }`, or `hold`, a promise that the rest waits for behind the first word. */
  static async start(answer) {
    const self = new Models();
    self.answer = answer;
    self.server = createServer((asked, reply) => void self.serve(asked, reply).catch(() => { self.left++; }));
    await new Promise(listening => self.server.listen(0, '127.0.0.1', listening));
    return self;
  }

  get endpoint() {
    return `http://127.0.0.1:${this.server.address().port}/v1`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async serve(asked, reply) {
    let body = '';
    for await (const chunk of asked) body += chunk;
    const question = JSON.parse(body), said = question.messages.map(m => m.content).flatMap(c => (typeof c === 'string' ? [c] : c.map(p => p.text))).join('\n');
    this.questions.push({ key: asked.headers.authorization, said });
    const { text = '', endless = false, pause = 40, hold } = this.answer(said, this.questions.length);
    reply.writeHead(200, { 'Content-Type': 'text/event-stream' });
    reply.on('close', () => { if (!reply.writableFinished) this.left++; });
    const tell = data => reply.write(`data: ${JSON.stringify({ id: 'c', model: `${question.model}-2026`, system_fingerprint: 'fp_1', ...data })}\n\n`);
    const pieces = text.match(/\S+\s*|\s+/g) ?? [];
    for (let i = 0; endless ? !reply.destroyed : i < pieces.length; i++) {
      tell({ choices: [{ index: 0, delta: { content: endless ? `word ${i} ` : pieces[i] }, finish_reason: null }] });
      await wait(pause);
      if (i === 0) await hold;
    }
    if (reply.destroyed) return;
    tell({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    tell({ choices: [], usage: { prompt_tokens: 412, completion_tokens: 24 } });
    reply.end('data: [DONE]\n\n');
  }
}
