import { describe } from 'vitest';
import { describeConfigFile } from '../../gateway/testing/config-file-suite.ts';
import { createDesktopConfigFile } from './config-file.ts';

describe('the file written by electron-store', () => {
  describeConfigFile(createDesktopConfigFile);
});
