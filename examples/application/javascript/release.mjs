// A prompt as an environment holds it, rendered by Dotprompt's own library.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Dotprompt } from 'dotprompt'
import { parse } from 'yaml'

/** Reads a release of a Handlebars prompt. Fails where a file is not, byte for byte, what was released. */
export async function loadRelease(folder) {
  const record = JSON.parse(await readFile(path.join(folder, 'release.json'), 'utf8'))
  const files = new Map()
  for (const [name, hash] of Object.entries(record.files)) {
    const bytes = await readFile(path.join(folder, 'files', name))
    if (createHash('sha256').update(bytes).digest('hex') !== hash)
      throw new Error(`${name}: not what was released to ${record.environment}; promote ${record.prompt} again, or take the change back`)
    files.set(name, bytes.toString('utf8'))
  }
  return new Release(record, files)
}

class Release {
  constructor(record, files) {
    this.record = record
    this.files = files
  }

  /** The messages for a model, and the settings that the prompt names (`model`, `config`). */
  async render(input) {
    const engine = new Dotprompt()
    for (const [file, source] of this.files) {
      const partial = /^_(.+)\.prompt$/.exec(path.basename(file))
      if (partial) engine.definePartial(partial[1], source)
    }
    return await engine.render(this.files.get(this.record.prompt), { input, context: this.context() })
  }

  // The values of `@brand` and its like, which differ by environment.
  context() {
    const { context = {} } = parse(this.files.get('promptlsp.yaml')) ?? {}
    return Object.fromEntries(Object.entries(context)
      .filter(([, file]) => typeof file === 'string')
      .map(([name, file]) => [name, parse(this.files.get(file))]))
  }
}
