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

-- A provider of models on this machine: it reads a question, and streams an answer.
local function provider(answer)
  local server = vim.loop.new_tcp()
  server:bind('127.0.0.1', 0)
  server:listen(8, function()
    local peer, said = vim.loop.new_tcp(), ''
    server:accept(peer)
    peer:read_start(function(_, bytes)
      said = said .. (bytes or '')
      local length, head = tonumber(said:match('[Cc]ontent%-[Ll]ength: (%d+)')), said:find('\r\n\r\n', 1, true)
      if not bytes or not length or not head or #said < head + 3 + length then return end
      peer:read_stop()
      local event = 'data: {"model":"m-1","choices":[{"delta":{"content":"%s"},"finish_reason":%s}]}\n\n'
      local usage = 'data: {"model":"m-1","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":4}}\n\ndata: [DONE]\n\n'
      local begin = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'
      peer:write(begin .. event:format(answer, 'null') .. event:format('', '"stop"') .. usage, function() peer:close() end)
    end)
  end)
  return server:getsockname().port
end

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
  { 'the lens sends the prompt, and the answer comes as a document in which nothing steers', function()
    local folder = os.getenv('XDG_CONFIG_HOME') .. '/promptlsp'
    vim.fn.mkdir(folder, 'p')
    local providers = folder .. '/providers.yaml'
    vim.fn.writefile({ ('openai: { endpoint: "http://127.0.0.1:%d/v1", key: sk-test }'):format(provider('Welcome, Ada! \\u001b[2J')) }, providers)
    vim.loop.fs_chmod(providers, tonumber('600', 8))
    local shown
    vim.lsp.handlers['window/showDocument'] = function(_, asked)
      shown = table.concat(vim.fn.readfile(vim.uri_to_fname(asked.uri)), '\n')
      return { success = true }
    end
    local lenses = ask('textDocument/codeLens', { textDocument = document() })
    local run = vim.tbl_filter(function(lens) return lens.command.title == 'Run' end, lenses)[1]
    assert(run, vim.inspect(lenses))
    ask('workspace/executeCommand', { command = run.command.command, arguments = run.command.arguments })
    wait('the answer', function() return shown ~= nil end)
    assert(shown:find('Welcome, Ada! ‹', 1, true) and not shown:find('\27'), shown)
    assert(shown:find('20 tokens in, 4 out · $', 1, true), shown)
  end },
  { 'an action promotes with a ready argument, and what runs where comes as a document', function()
    local shown
    vim.lsp.handlers['window/showDocument'] = function(_, asked)
      shown = table.concat(vim.fn.readfile(vim.uri_to_fname(asked.uri)), '\n')
      return { success = true }
    end
    local function run(title)
      local actions = ask('textDocument/codeAction', {
        textDocument = document(), context = { diagnostics = {}, only = { 'refactor.history' } },
        range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } },
      })
      local action = vim.tbl_filter(function(found) return found.title == title end, actions)[1]
      assert(action, title .. ' is not among ' .. vim.inspect(vim.tbl_map(function(found) return found.title end, actions)))
      return ask('workspace/executeCommand', { command = action.command.command, arguments = action.command.arguments })
    end
    run('Show what a promotion to dev would replace')
    wait('the promotion', function() return shown ~= nil end)
    assert(shown:find('from the workspace to dev, where there is none yet', 1, true), shown)
    assert(run('Promote to dev').said:find('^promoted: dev holds v'))
    shown = nil
    run('Show what runs where')
    wait('the environments', function() return shown ~= nil end)
    assert(shown:find('support/welcome.prompt  v', 1, true), shown)
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
