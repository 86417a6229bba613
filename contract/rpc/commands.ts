/**
 * What can be asked for on every page: declared once, for the keys, the palette, the cheat sheet and the
 * application's menu. What each does stands with the pages; here is only what it is called and found by.
 */

export interface Command {
  readonly id: string;
  /** Key of the message that tells what it does. */
  readonly label: string;
  /** As KeyboardEvent names them, any of which will do; `Mod` is Ctrl, on macOS Cmd. */
  readonly keys: readonly string[];
  /** What people may call it, in English and Chinese. */
  readonly words: string;
}

export const COMMANDS = [
  { id: 'palette', label: 'commands.palette', keys: ['Mod+k'], words: 'search find 搜索 查找 命令' },
  { id: 'new-chat', label: 'commands.newChat', keys: ['Mod+n'], words: 'conversation 会话 聊天 新建' },
  { id: 'problems', label: 'commands.problems', keys: ['!'], words: 'errors warnings issues 错误 警告 故障' },
  { id: 'notifications', label: 'commands.notifications', keys: ['F8'], words: 'toast messages 消息 提示' },
  { id: 'shortcuts', label: 'shortcuts.title', keys: ['?'], words: 'help keys cheat sheet 帮助 按键 热键' },
  { id: 'pause', label: 'status.pause', keys: [], words: 'stop halt 停止 停用' },
  { id: 'resume', label: 'status.resume', keys: [], words: 'start continue run 启动 继续' },
  { id: 'copy-address', label: 'status.copyAddress', keys: [], words: 'endpoint url host 地址 接口 网址' },
  { id: 'clear-cooling', label: 'commands.clearCooling', keys: [], words: 'cooldown reset 冷却 重置 恢复' },
  { id: 'check-keys', label: 'commands.checkKeys', keys: [], words: 'test validate verify 测试 验证 检测' },
  { id: 'refresh-models', label: 'commands.refreshModels', keys: [], words: 'reload update list 刷新 更新' },
  { id: 'theme-system', label: 'commands.themes.system', keys: [], words: 'appearance auto 外观 自动' },
  { id: 'theme-light', label: 'commands.themes.light', keys: [], words: 'appearance day white 外观 白天' },
  {
    id: 'theme-dark',
    label: 'commands.themes.dark',
    keys: [],
    words: 'appearance night black 外观 夜间 黑色',
  },
  { id: 'language-en', label: 'commands.languages.en', keys: [], words: 'english locale 英文 语言' },
  { id: 'language-zh-CN', label: 'commands.languages.zh-CN', keys: [], words: 'chinese locale 中文 语言' },
  { id: 'welcome', label: 'commands.welcome', keys: [], words: 'onboarding tutorial start 入门 引导' },
  { id: 'data-folder', label: 'desktop.menu.dataFolder', keys: [], words: 'directory files 目录 文件' },
  {
    id: 'diagnostics',
    label: 'commands.diagnostics',
    keys: [],
    words: 'troubleshoot debug bug report support 诊断 故障 排查 反馈',
  },
  {
    id: 'check-updates',
    label: 'commands.checkUpdates',
    keys: [],
    words: 'upgrade newer version release 升级 新版本',
  },
  { id: 'quit', label: 'desktop.tray.quit', keys: [], words: 'exit close 关闭' },
  { id: 'log-out', label: 'login.logOut', keys: [], words: 'sign out leave 注销' },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];

/** Commands of the application's menu that the page runs: the menu only passes them on. */
export const MENU_COMMANDS = [
  'palette',
  'new-chat',
  'problems',
  'shortcuts',
  'diagnostics',
  'check-updates',
] as const satisfies readonly CommandId[];
export type MenuCommandId = (typeof MENU_COMMANDS)[number];
