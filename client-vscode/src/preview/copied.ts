/** The messages of a preview as a text to paste somewhere. */
import type { Message, Part } from '../protocol';
import type { CopyFormat } from './messages';

export function copied(messages: Message[], as: CopyFormat): string {
  switch (as) {
    case 'json': return JSON.stringify(messages.map(({ role, parts, history }) => ({ role, content: parts.map(contentOf), ...(history && { metadata: { purpose: 'history' } }) })), null, 2);
    case 'markdown': return messages.map(m => `### ${m.role}\n\n${textOf(m).trim()}\n`).join('\n');
    case 'text': return messages.map(m => `${m.role}:\n${textOf(m).trim()}\n`).join('\n');
  }
}

function textOf({ parts }: Message): string {
  return parts.map(part => part.kind === 'text' ? part.text : part.kind === 'media' ? `[media ${part.url}]` : `[section ${part.name}]`).join('');
}

// As `promptlsp render --format json` writes it, which is Dotprompt's own shape.
function contentOf(part: Part): object {
  switch (part.kind) {
    case 'text': return { text: part.text };
    case 'media': return { media: { url: part.url, ...(part.contentType !== undefined && { contentType: part.contentType }) } };
    case 'section': return { metadata: { purpose: part.name, pending: true } };
  }
}
