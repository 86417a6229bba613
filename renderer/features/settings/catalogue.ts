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
  ShieldCheck,
  Siren,
  Timer,
  Waypoints,
} from '@lucide/vue';
import type { BodyPolicy, LogLevel } from '../../../contract/config/schema.ts';
import BackupsItem from './items/BackupsItem.vue';
import CallsItem from './items/CallsItem.vue';
import ClearItem from './items/ClearItem.vue';
import ClientKeyItem from './items/ClientKeyItem.vue';
import ConfigFileItem from './items/ConfigFileItem.vue';
import ConfigTransferItem from './items/ConfigTransferItem.vue';
import DataFolderItem from './items/DataFolderItem.vue';
import DefaultModelItem from './items/DefaultModelItem.vue';
import DiagnosticsItem from './items/DiagnosticsItem.vue';
import HostItem from './items/HostItem.vue';
import KeychainItem from './items/KeychainItem.vue';
import LanguageItem from './items/LanguageItem.vue';
import LicenceItem from './items/LicenceItem.vue';
import LogSizeItem from './items/LogSizeItem.vue';
import NoDesktopItem from './items/NoDesktopItem.vue';
import NotificationsItem from './items/NotificationsItem.vue';
import PortItem from './items/PortItem.vue';
import PricesItem from './items/PricesItem.vue';
import ProxyItem from './items/ProxyItem.vue';
import TextItem from './items/TextItem.vue';
import ThemeItem from './items/ThemeItem.vue';
import UpdatesItem from './items/UpdatesItem.vue';
import UpdateWishItem from './items/UpdateWishItem.vue';
import VersionItem from './items/VersionItem.vue';
import WelcomeItem from './items/WelcomeItem.vue';
import {
  choice,
  desktop,
  inFile,
  list,
  notice,
  number,
  onOff,
  SECOND,
  seconds,
  type SettingSection,
} from './setting-item.ts';

export type { SettingItem, SettingSection } from './setting-item.ts';

// The lists of the schema themselves would bring the whole of it into the page.
const BODIES: readonly BodyPolicy[] = ['full', 'metadata', 'off'];
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

const MINUTE = 60_000;
const DAY = 86_400_000;

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
      number('server.max_in_flight', 'concurrency parallel at once limit overload 并发 同时 上限 过载', {
        least: 0,
        most: 100_000,
        whole: true,
      }),
      list('server.allowed_origins', 'cors origin web pages browser extension 跨域 来源 网页 浏览器'),
    ],
  },
  {
    id: 'network',
    icon: Network,
    items: [
      { id: 'network.proxy', words: 'proxy http connect 代理 网络', component: ProxyItem },
      list('network.no_proxy', 'no_proxy bypass exceptions 绕过 例外 直连'),
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
      number('routing.health_check_interval', 'health check probe recover interval 健康 检查 恢复 间隔', {
        unit: 'minutes',
        factor: MINUTE,
        least: 0,
        most: 1_440,
      }),
    ],
  },
  {
    id: 'timeouts',
    icon: Timer,
    items: [
      number('routing.timeout.connect', 'timeout time-out connect 超时 连接', seconds),
      number('routing.timeout.first_content', 'timeout time-out first token wait 超时 首字 等待', seconds),
      number('routing.timeout.idle', 'timeout time-out idle stall stream 超时 停顿 流', seconds),
      number('routing.timeout.total', 'timeout time-out whole request 超时 总时长', {
        ...seconds,
        unit: 'minutes',
        factor: MINUTE,
        most: 1_440,
      }),
    ],
  },
  {
    id: 'protection',
    icon: ShieldCheck,
    items: [
      number('guards.max_query_length', 'guard question length limit characters 长度 限制 字数', {
        least: 0,
        most: 100_000_000,
        whole: true,
      }),
      inFile('guards.sensitive_patterns', 'guard pattern sensitive mask regex secret 敏感 屏蔽 正则'),
      onOff('cache.enabled', 'cache answers reuse 缓存 回答 复用'),
      number('cache.ttl', 'cache age lifetime ttl 缓存 有效期', {
        unit: 'minutes',
        factor: MINUTE,
        least: 0.1,
        most: 1_440,
      }),
      number('cache.max_size', 'cache entries size 缓存 条数 上限', {
        least: 1,
        most: 1_000_000,
        whole: true,
      }),
    ],
  },
  {
    id: 'monitoring',
    icon: Siren,
    items: [
      onOff('monitoring.enabled', 'metrics prometheus alerts 指标 监控 告警'),
      inFile('monitoring.alerts', 'alert threshold error rate latency 告警 阈值 错误率 延迟'),
      inFile('monitoring.webhook.url', 'webhook alert send slack 网络钩子 告警 推送'),
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
      number('logging.max_size', 'log file size rotate 日志 文件 大小 轮转', {
        unit: 'megabytes',
        factor: 1_000_000,
        least: 0.001,
        most: 100_000,
      }),
      number('logging.max_files', 'log files rotate count 日志 文件 份数', {
        least: 1,
        most: 1_000,
        whole: true,
      }),
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
      desktop('freeWindow', 'memory lightweight close 内存 轻量 关闭'),
      {
        id: 'desktop.notifications',
        words: 'notify notifications alerts try test 通知 提醒 测试',
        component: NotificationsItem,
        on: 'desktop',
      },
      notice('provider', 'notify provider down recovered 通知 服务商 故障 恢复'),
      notice('budget', 'notify budget spent money 通知 预算 费用'),
      notice('alert', 'notify alert threshold 通知 告警 阈值'),
      notice('address', 'notify port address conflict 通知 端口 地址 冲突'),
      notice('keychain', 'notify keychain secrets 通知 钥匙串 密钥'),
      notice('update', 'notify update version 通知 更新 新版本'),
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
        id: 'data.transfer',
        words: 'configuration export import yaml transfer move copy 配置 导出 导入 迁移',
        component: ConfigTransferItem,
      },
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
      onOff('backup.history', 'backup history log requests 备份 历史 日志'),
    ],
  },
  {
    id: 'about',
    icon: Info,
    items: [
      { id: 'about.version', words: 'version release 版本', component: VersionItem },
      {
        id: 'about.updates',
        words: 'update upgrade newer version release 更新 升级 新版本',
        component: UpdatesItem,
      },
      {
        id: 'about.updates.wish',
        words: 'update automatic check download off 更新 自动 检查 下载',
        component: UpdateWishItem,
        on: 'desktop',
      },
      {
        id: 'about.diagnostics',
        words: 'diagnostics troubleshoot debug bug report support 诊断 故障 排查 反馈',
        component: DiagnosticsItem,
      },
      {
        id: 'about.licence',
        words: 'licence license mit open source third party 许可证 协议 开源',
        component: LicenceItem,
      },
      {
        id: 'about.calls',
        words: 'privacy telemetry network outbound calls webhook 隐私 遥测 联网 外部',
        component: CallsItem,
      },
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
