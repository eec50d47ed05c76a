-- What a Neovim user has without any plugin: findings, completion, hover, quick fixes, and the way back to an older version.
local patience = 10000
local prompt = [[
---
name: support-welcome
description: Greets a new customer.
owner: "@kestrel/support"
model: openai/gpt-4o-mini
input:
  schema:
    customer(object, who has just signed up):
      name: string, how they sign
      plan(enum, what they pay for): [free, plus, fleet]
samples:
  first: { customer: { name: Ada, plan: plus } }
---
Greet {{ custmer.name }} and thank them for the {{ customer.plan }} plan.
]]

local function wait(what, holds)
  if not vim.wait(patience, holds, 20) then error('waited in vain for ' .. what, 2) end
end

local file = io.open('support/welcome.prompt', 'w')
file:write(prompt)
file:close()
vim.cmd('edit support/welcome.prompt')
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = 'promptlsp', cmd = { os.getenv('PROMPTLSP_SERVER'), 'serve', '--stdio' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, id)
wait('the server', function() return vim.lsp.get_client_by_id(id) and vim.lsp.get_client_by_id(id).server_capabilities ~= nil end)
local client = vim.lsp.get_client_by_id(id)

local function ask(method, params)
  local answer = client.request_sync(method, params, patience, buffer)
  assert(answer, method .. ' was not answered')
  assert(not answer.err, answer.err and answer.err.message)
  return answer.result
end

local function document() return vim.lsp.util.make_text_document_params(buffer) end
local function at(line, character) return { textDocument = document(), position = { line = line, character = character } } end
local function text() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n' end
local function versions() return #ask('promptlsp/history', { textDocument = document() }).rows end

local tests = {
  { 'a misspelt variable is a diagnostic', function()
    wait('the finding', function() return #vim.diagnostic.get(buffer) == 1 end)
    local found = vim.diagnostic.get(buffer)[1]
    assert(found.code == 'undefined-variable' and found.lnum == 13, vim.inspect(found))
  end },
  { 'hover explains an input', function()
    local hover = ask('textDocument/hover', at(13, 63))
    assert(hover.contents.value:find('what they pay for', 1, true), vim.inspect(hover))
  end },
  { 'completion after a dot offers members', function()
    local list = ask('textDocument/completion', at(13, 60))
    local labels = vim.tbl_map(function(item) return item.label end, list.items)
    assert(vim.tbl_contains(labels, 'name') and vim.tbl_contains(labels, 'plan'), vim.inspect(labels))
  end },
  { 'a quick fix mends the name', function()
    local actions = ask('textDocument/codeAction', {
      textDocument = document(), context = { diagnostics = {}, only = { 'quickfix' } },
      range = { start = { line = 13, character = 10 }, ['end'] = { line = 13, character = 10 } },
    })
    local fix = vim.tbl_filter(function(action) return action.title:find('customer', 1, true) end, actions)[1]
    vim.lsp.util.apply_workspace_edit(fix.edit, client.offset_encoding)
    assert(text():find('Greet {{ customer.name }}', 1, true), text())
    wait('no finding', function() return #vim.diagnostic.get(buffer) == 0 end)
  end },
  { 'saving makes a version, and keeps what was there before', function()
    vim.cmd('silent write')
    wait('two versions', function() return versions() == 2 end)
  end },
  { 'rolling back is an edit that undo takes back', function()
    local mended = text()
    -- A person's next key would begin a new change; a script has to.
    vim.cmd('let &undolevels = &undolevels')
    client.request_sync('workspace/executeCommand', { command = 'promptlsp.rollback', arguments = { { uri = document().uri, ref = 'v1' } } }, patience, buffer)
    wait('the old text', function() return text():find('{{ custmer.name }}', 1, true) ~= nil end)
    vim.cmd('undo')
    assert(text() == mended, text())
  end },
}

local passed, failed = 0, 0
for _, test in ipairs(tests) do
  local ok, problem = pcall(test[2])
  if ok then passed = passed + 1 else failed = failed + 1 end
  io.stdout:write('\n' .. (ok and 'ok      ' or 'FAILED  ') .. test[1] .. (ok and '' or ': ' .. tostring(problem)))
end
client.stop(true)
io.stdout:write(('\n%d passed, %d failed\n'):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
