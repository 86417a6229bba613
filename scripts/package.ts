/**
 * `npm run package`: the headless host as an npm package. `-- --desktop`: installers of the desktop app for this
 * system. `-- --dir`: the desktop app as a folder, without an installer; with `--electron-dist FOLDER` from that
 * folder instead of Electron's own files, which need not be there then.
 */
import { parseArgs } from 'node:util';
import { packageDesktop } from './package-desktop.ts';
import { packageHeadless } from './package-headless.ts';
import { run } from './project.ts';

const { values } = parseArgs({
  options: {
    desktop: { type: 'boolean', default: false },
    dir: { type: 'boolean', default: false },
    'electron-dist': { type: 'string' },
  },
});
const isDesktop = values.desktop || values.dir;
const build = await run(process.execPath, ['scripts/build.ts', isDesktop ? '--desktop' : '--headless']);
if (build.code !== 0) process.exit(build.code);
const packed = isDesktop
  ? await packageDesktop({ installer: !values.dir, electronDist: values['electron-dist'] })
  : await packageHeadless();
if (packed === null) process.exit(1);
console.log(`Packaged ${packed}`);
