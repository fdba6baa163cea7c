-- A session with Neovim itself: nvim --headless -u NONE -l is newer than Debian's, so: nvim --headless -u NONE -S session.lua
-- CAMPAIGN_IMS names the program, FOLDER a folder with before.ims.yaml in it, EXPECTED how many findings `check` has there.
local function fail(what)
  io.stderr:write("neovim: " .. what .. "\n")
  vim.cmd("cquit 1")
end

local ok, problem = xpcall(function()
  local program, folder = vim.env.CAMPAIGN_IMS, vim.env.FOLDER
  local expected = vim.fn.json_decode(vim.fn.readfile(vim.env.EXPECTED)).findings
  vim.cmd("edit " .. folder .. "/before.ims.yaml")
  local buffer = vim.api.nvim_get_current_buf()
  local ended
  local id = vim.lsp.start_client({
    name = "campaign-ims",
    cmd = { program, "lsp" },
    root_dir = folder,
    on_exit = function(code) ended = code end,
  })
  assert(id, "the server does not start")
  vim.lsp.buf_attach_client(buffer, id)
  local client = vim.lsp.get_client_by_id(id)
  assert(vim.wait(20000, function() return #vim.diagnostic.get(buffer) == #expected end, 20), "other findings than check's")
  local found = vim.diagnostic.get(buffer)
  table.sort(found, function(a, b) return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col end)
  for index, finding in ipairs(found) do
    -- Neovim counts bytes, the report characters; here they are the same but for one line.
    local start = expected[index].range.start
    assert(finding.lnum + 1 == start.line, "line " .. finding.lnum)
  end
  local function ask(method, params)
    params.textDocument = { uri = vim.uri_from_bufnr(buffer) }
    local answer = client.request_sync(method, params, 20000, buffer)
    assert(answer and not answer.err, method .. " fails")
    return answer.result
  end
  local everything = { start = { line = 0, character = 0 }, ["end"] = { line = 999, character = 0 } }
  for round = 1, 50 do
    local actions = ask("textDocument/codeAction", { range = everything, context = { diagnostics = {}, only = { "quickfix" } } })
    local fix
    for _, action in ipairs(actions) do
      if action.edit and not vim.startswith(action.title, "ignore ") then
        fix = action
        break
      end
    end
    if not fix then break end
    assert(round < 50, fix.title)
    vim.lsp.util.apply_workspace_edit(fix.edit, client.offset_encoding)
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
  vim.fn.system({ program, "check", "--fix", "--unsafe", folder .. "/before.ims.yaml" })
  local fixed = table.concat(vim.fn.readfile(folder .. "/before.ims.yaml"), "\n") .. "\n"
  assert(text == fixed, "not what `check --fix --unsafe` writes")
  local line = vim.fn.search("client_id:", "w") - 1
  local hover = ask("textDocument/hover", { position = { line = line, character = 4 } })
  assert(hover.contents.value:find("clientId"), "no hover")
  -- Neovim closes the pipe as soon as it has said `exit`, or before.
  vim.lsp.stop_client(id)
  assert(vim.wait(20000, function() return ended ~= nil end, 20), "the server does not end")
  assert(ended == 0, "the server ends with " .. ended)
end, debug.traceback)
if not ok then fail(problem) end
io.stdout:write("neovim: 1 session\n")
vim.cmd("quitall!")
