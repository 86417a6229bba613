/** The pages of the navigation, in their order; the keys that open them stand in `contract/rpc/pages.ts`. */
import {
  Box,
  ChartNoAxesColumn,
  List,
  MessageSquare,
  Plug,
  Server,
  SlidersHorizontal,
  Waypoints,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { PageName } from '../../../contract/rpc/pages.ts';

export interface NavigationPage {
  /** Name of the route. */
  readonly name: PageName;
  readonly icon: Component;
  /** What people may call it, in English and Chinese. */
  readonly words: string;
  /** Where a phone has it: in the tab bar, or in the sheet behind its last tab. */
  readonly onPhone: 'tab' | 'more';
}

export const PAGES: readonly NavigationPage[] = [
  {
    name: 'overview',
    icon: ChartNoAxesColumn,
    onPhone: 'tab',
    words: 'dashboard home cost statistics 首页 概览 仪表盘 费用 统计',
  },
  { name: 'requests', icon: List, onPhone: 'tab', words: 'log history traffic 日志 历史 流量 请求日志' },
  {
    name: 'playground',
    icon: MessageSquare,
    onPhone: 'tab',
    words: 'chat conversation test 聊天 对话 会话 测试',
  },
  { name: 'models', icon: Box, onPhone: 'more', words: 'catalogue prices 目录 价格' },
  { name: 'providers', icon: Server, onPhone: 'tab', words: 'keys vendors api 密钥 厂商 供应商 渠道' },
  {
    name: 'routing',
    icon: Waypoints,
    onPhone: 'more',
    words: 'rules aliases budgets limits failover 规则 别名 预算 限额 切换',
  },
  {
    name: 'connect',
    icon: Plug,
    onPhone: 'more',
    words: 'tools claude codex cline continue aider zed snippets sdk shell 工具 接入 连接 配置 代码片段',
  },
  {
    name: 'settings',
    icon: SlidersHorizontal,
    onPhone: 'more',
    words: 'preferences options configuration 偏好 选项 配置',
  },
];
