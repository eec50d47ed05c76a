// Renders what it is told, one case a line, and answers each with a line: `=` and the messages, or `!` and why the engine rejects it.
// A case: { template, partials, input, context, messages }. Partials and helpers are global to the engine, so each case begins without any.
import { createInterface } from 'node:readline'
import { Dotprompt } from 'dotprompt'

for (const level of ['log', 'info', 'warn', 'error', 'debug'])
  console[level] = () => {}

// No depth of the stack is anybody's meaning: a template that exhausts it is rejected as any other.
async function render(test) {
  const engine = new Dotprompt()
  try {
    for (const [name, source] of Object.entries(test.partials ?? {}))
      engine.definePartial(name, source)
    const { messages } = await engine.render(test.template, { input: test.input, context: test.context, messages: test.messages })
    return '=' + messages.map(message => `[${message.role}] ${message.content.map(part).join('')}`).join(' ')
  } catch (error) {
    return '!' + quoted(String(error?.message ?? error).slice(0, 500))
  } finally {
    for (const name of Object.keys(engine.handlebars.partials))
      delete engine.handlebars.partials[name]
  }
}

function part(content) {
  if (content.media)
    return `<media ${quoted(content.media.url)} ${quoted(content.media.contentType ?? '')}>`
  if (content.metadata?.pending)
    return `<section ${quoted(content.metadata.purpose)}>`
  return quoted(content.text)
}

// In ASCII alone, so that a half of a surrogate pair arrives as it is.
function quoted(text) {
  return '"' + text.replace(/["\\]|[^ -~]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')) + '"'
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line !== '')
    process.stdout.write(await render(JSON.parse(line)) + '\n')
}
