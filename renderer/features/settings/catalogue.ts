/** Everything that can be set, section by section, with the words it is found by in both languages. */
import {
  Archive,
  Database,
  FileText,
  Globe,
  Info,
  List,
  MonitorCog,
  Network,
  Palette,
  Waypoints,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { BodyPolicy, LogLevel } from '../../../contract/config/schema.ts';
import type { SettingPath } from '../../../contract/rpc/procedures/settings.ts';
import BackupsItem from './items/BackupsItem.vue';
import CallsItem from './items/CallsItem.vue';
import ChoiceItem from './items/ChoiceItem.vue';
import ClearItem from './items/ClearItem.vue';
import ClientKeyItem from './items/ClientKeyItem.vue';
import ConfigFileItem from './items/ConfigFileItem.vue';
import DataFolderItem from './items/DataFolderItem.vue';
import DefaultModelItem from './items/DefaultModelItem.vue';
import DesktopSwitchItem from './items/DesktopSwitchItem.vue';
import HostItem from './items/HostItem.vue';
import KeychainItem from './items/KeychainItem.vue';
import LanguageItem from './items/LanguageItem.vue';
import LicenceItem from './items/LicenceItem.vue';
import LogSizeItem from './items/LogSizeItem.vue';
import NoDesktopItem from './items/NoDesktopItem.vue';
import NoProxyItem from './items/NoProxyItem.vue';
import NumberItem from './items/NumberItem.vue';
import PortItem from './items/PortItem.vue';
import PricesItem from './items/PricesItem.vue';
import ProxyItem from './items/ProxyItem.vue';
import SwitchItem from './items/SwitchItem.vue';
import TextItem from './items/TextItem.vue';
import ThemeItem from './items/ThemeItem.vue';
import VersionItem from './items/VersionItem.vue';
import WelcomeItem from './items/WelcomeItem.vue';

export interface SettingItem {
  /** Stands in the address and in the keys of its messages: a path of the configuration, or a name like one. */
  readonly id: string;
  /** What people may call it, in English and Chinese. */
  readonly words: string;
  readonly component: Component;
  readonly props?: Readonly<Record<string, unknown>>;
  /** Where it has a meaning; absent: everywhere. */
  readonly on?: 'desktop' | 'browser';
}

export interface SettingSection {
  readonly id: string;
  readonly icon: Component;
  readonly items: readonly SettingItem[];
}

// The lists of the schema themselves would bring the whole of it into the page.
const BODIES: readonly BodyPolicy[] = ['full', 'metadata', 'off'];
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

const number = (path: SettingPath, words: string, props: Readonly<Record<string, unknown>>): SettingItem => ({
  id: path,
  words,
  component: NumberItem,
  props: { path, ...props },
});
const choice = (path: SettingPath, words: string, options: readonly string[]): SettingItem => ({
  id: path,
  words,
  component: ChoiceItem,
  props: { path, options },
});
const desktop = (name: string, words: string): SettingItem => ({
  id: `desktop.${name}`,
  words,
  component: DesktopSwitchItem,
  props: { name },
  on: 'desktop',
});

export const SECTIONS: readonly SettingSection[] = [
  {
    id: 'gateway',
    icon: Globe,
    items: [
      {
        id: 'server.host',
        words: 'address listen bind lan network host 地址 监听 局域网',
        component: HostItem,
      },
      { id: 'server.port', words: 'address listen port 8000 端口 监听 占用', component: PortItem },
      {
        id: 'server.api_key',
        words: 'client key api token password secret authentication 客户端 密钥 令牌 鉴权 口令',
        component: ClientKeyItem,
      },
    ],
  },
  {
    id: 'network',
    icon: Network,
    items: [
      { id: 'network.proxy', words: 'proxy http connect 代理 网络', component: ProxyItem },
      { id: 'network.no_proxy', words: 'no_proxy bypass exceptions 绕过 例外 直连', component: NoProxyItem },
    ],
  },
  {
    id: 'appearance',
    icon: Palette,
    items: [
      {
        id: 'appearance.language',
        words: 'language english chinese 语言 中文 英文',
        component: LanguageItem,
      },
      {
        id: 'appearance.theme',
        words: 'theme dark light colour color mode 主题 深色 浅色 颜色',
        component: ThemeItem,
      },
    ],
  },
  {
    id: 'requests',
    icon: List,
    items: [
      choice('requests.bodies', 'log body content privacy 正文 内容 隐私 记录', BODIES),
      number('requests.keep.days', 'retention days age history 保留 天数 历史', {
        unit: 'days',
        least: 1,
        most: 3_650,
        whole: true,
      }),
      number('requests.keep.rows', 'retention rows count limit 保留 条数 上限', {
        least: 1,
        most: 100_000_000,
        whole: true,
      }),
      {
        id: 'requests.keep.size',
        words: 'retention disk size database gb 保留 磁盘 空间 大小',
        component: LogSizeItem,
      },
      { id: 'requests.clear', words: 'delete clear empty history 删除 清空 历史', component: ClearItem },
    ],
  },
  {
    id: 'routing',
    icon: Waypoints,
    items: [
      { id: 'routing.default_model', words: 'default model fallback 默认 模型', component: DefaultModelItem },
      number('routing.retries', 'retry retries failover attempts 重试 切换 尝试', {
        least: 0,
        most: 10,
        whole: true,
      }),
      number('routing.deadline', 'deadline timeout longest 超时 时限', {
        unit: 'minutes',
        factor: MINUTE,
        least: 0.1,
        most: 1_440,
      }),
      number('routing.cooldown.base', 'cooldown cool-down rest pause backoff 冷却 退避', {
        unit: 'seconds',
        factor: SECOND,
        least: 0,
        most: 86_400,
      }),
      number('routing.cooldown.ceiling', 'cooldown cool-down maximum ceiling 冷却 上限', {
        unit: 'minutes',
        factor: MINUTE,
        least: 0,
        most: 1_440,
      }),
      number('routing.max_consecutive_failures', 'consecutive failures threshold 连续 失败 次数', {
        least: 1,
        most: 100,
        whole: true,
      }),
    ],
  },
  {
    id: 'logging',
    icon: FileText,
    items: [
      choice('logging.level', 'log level debug verbose 日志 级别 调试', LEVELS),
      choice('logging.destination', 'log console file output 日志 输出 控制台', ['console', 'file', 'both']),
      {
        id: 'logging.file',
        words: 'log file path 日志 文件 路径',
        component: TextItem,
        props: { path: 'logging.file' },
      },
    ],
  },
  {
    id: 'desktop',
    icon: MonitorCog,
    items: [
      {
        id: 'desktop.keychain',
        words: 'keychain secret vault sealed passphrase 钥匙串 密钥 口令 加密',
        component: KeychainItem,
        on: 'desktop',
      },
      desktop('openAtLogin', 'autostart login boot start 开机 自启 启动'),
      desktop('startHidden', 'hidden minimised tray start 隐藏 最小化 启动'),
      desktop('closeToTray', 'tray close quit background 托盘 关闭 后台'),
      desktop('notifications', 'notify alerts 通知 提醒'),
      {
        id: 'desktop.none',
        words: 'desktop tray autostart keychain 桌面 托盘 自启 钥匙串',
        component: NoDesktopItem,
        on: 'browser',
      },
    ],
  },
  {
    id: 'data',
    icon: Database,
    items: [
      {
        id: 'data.folder',
        words: 'data folder directory backup 数据 文件夹 目录 备份',
        component: DataFolderItem,
      },
      { id: 'data.configFile', words: 'config yaml file 配置 文件', component: ConfigFileItem },
      {
        id: 'data.prices',
        words: 'prices cost catalogue update refresh 价格 费用 更新',
        component: PricesItem,
      },
    ],
  },
  {
    id: 'backup',
    icon: Archive,
    items: [
      {
        id: 'backup.copies',
        words: 'backup back-up restore copy export 备份 恢复 副本 还原',
        component: BackupsItem,
      },
      number('backup.every', 'backup schedule automatic weekly 定期 自动 备份', {
        unit: 'days',
        factor: DAY,
        least: 0,
        most: 90,
      }),
      number('backup.keep', 'backup copies count retention 备份 份数 保留', {
        least: 1,
        most: 1_000,
        whole: true,
      }),
      {
        id: 'backup.history',
        words: 'backup history log requests 备份 历史 日志',
        component: SwitchItem,
        props: { path: 'backup.history' },
      },
    ],
  },
  {
    id: 'about',
    icon: Info,
    items: [
      { id: 'about.version', words: 'version release 版本', component: VersionItem },
      { id: 'about.licence', words: 'licence license mit 许可证 协议', component: LicenceItem },
      { id: 'about.calls', words: 'privacy telemetry network calls 隐私 遥测 联网', component: CallsItem },
      {
        id: 'about.welcome',
        words: 'onboarding welcome first steps help 向导 入门 帮助',
        component: WelcomeItem,
      },
    ],
  },
];

/** The sections of this host, without what has no meaning here. */
export function sectionsFor(onDesktop: boolean): readonly SettingSection[] {
  const here = onDesktop ? 'desktop' : 'browser';
  return SECTIONS.map((section) => ({
    ...section,
    items: section.items.filter(({ on }) => on === undefined || on === here),
  }));
}
