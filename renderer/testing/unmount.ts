/** What a test mounted goes with it, and the document is empty again: files of tests share it. */
import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils';
import { afterEach } from 'vitest';

// It runs before each file, and refuses to be enabled twice.
disableAutoUnmount();
enableAutoUnmount(afterEach);
afterEach(() => document.body.replaceChildren());
