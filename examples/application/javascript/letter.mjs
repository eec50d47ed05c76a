// What a model would be sent for a letter in production: `node letter.mjs`.
import { fileURLToPath } from 'node:url'
import { loadRelease } from './release.mjs'

const release = await loadRelease(fileURLToPath(new URL('../releases/production/prompts/letter.prompt', import.meta.url)))
const { messages } = await release.render({ name: 'Ada', rides: [{ title: 'Along the canal', km: 12.5 }, { title: 'To the office', km: 4 }] })
console.log(JSON.stringify(messages, null, 2))
