/** Settings as people really have them: comments, other settings, odd order, all kinds of line ends. */

export const CLAUDE_CODE = `{
  "$schema": "https://json.schemastore.org/claude-code-settings.json",
  "permissions": {
    "allow": ["Bash(npm run lint)", "Read(~/.zshrc)"],
    "deny": []
  },
  "env": {
    "CLAUDE_CODE_ENABLE_TELEMETRY": "0",
    "ANTHROPIC_BASE_URL": "https://proxy.example.com/anthropic"
  },
  "model": "opus",
  "hooks": {}
}
`;

export const CODEX = `# Codex, as I like it
model = "gpt-5.6"   # the big one
approval_policy = 'on-request'
notify = [
  "python3", # a comment in a list
  "/home/me/notify.py",
]

# Other places
[model_providers."my proxy"]
name = "Proxy"
base_url = "https://proxy.example.com/v1"
env_key = "PROXY_KEY"

[mcp_servers]
docs = { command = "npx", args = ["-y", "docs"] }

[projects.'/home/me/a b']
trust_level = "trusted"
`;

export const GEMINI_VARIABLES = `# keys
export GEMINI_API_KEY="old one" # from the studio
GOOGLE_CLOUD_PROJECT=mine

GEMINI_API_KEY='newer one'
`;

export const GEMINI_SETTINGS = `{
\t"security": { "auth": { "selectedType": "oauth-personal" } },
\t"ui": { "theme": "GitHub" } // dark
}`;

export const OPENCODE = `{
  "$schema": "https://opencode.ai/config.json",
  // Anthropic for work
  "provider": {
    "anthropic": { "options": { "baseURL": "https://api.anthropic.com/v1" } },
  },
  "theme": "opencode",
  /* chosen in June */
  "model": "anthropic/claude-sonnet-4-5",
}
`;

export const CONTINUE = `name: Mine
version: 1.0.0
schema: v1

models:
  # runs here
  - name: Llama
    provider: ollama
    model: llama3.2
    roles:
      - chat
  - name: "Codestral"   # completion
    provider: mistral
    model: codestral-latest
    roles: [autocomplete]

context:
  - provider: code
`;

export const AIDER = `##########################################################
# Sample configuration
##########################################################
## Specify the model
#model: xxx
model: sonnet # for now

dark-mode: true
alias:
  - "fast:gpt-5-mini"
`;

export const ZED = `// Zed settings
//
// For information on how to configure Zed, see the Zed documentation.
{
  "theme": "One Dark",
  "agent": {
    "default_model": { "provider": "zed.dev", "model": "claude-sonnet-5" },
  },
  "vim_mode": true,
}
`;

/** As its own program writes it. */
export const CLINE = `{
  "version": 1,
  "lastUsedProvider": "cline",
  "providers": {
    "cline": {
      "settings": { "provider": "cline", "model": "x/large" },
      "updatedAt": "2026-08-29T06:28:53.425Z",
      "tokenSource": "manual"
    }
  }
}`;
