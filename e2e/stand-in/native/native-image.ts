/** `nativeImage`: where a picture came from; nothing is drawn. */
import { existsSync } from 'node:fs';

export class NativeImage {
  readonly source: string;
  isTemplate = false;

  constructor(source: string) {
    this.source = source;
  }

  isEmpty(): boolean {
    return this.source === '';
  }

  getSize(): { readonly width: number; readonly height: number } {
    return this.isEmpty() ? { width: 0, height: 0 } : { width: 16, height: 16 };
  }

  resize(): this {
    return this;
  }

  setTemplateImage(on: boolean): void {
    this.isTemplate = on;
  }

  isTemplateImage(): boolean {
    return this.isTemplate;
  }

  addRepresentation(): void {}
}

/** As in Electron, a file that cannot be read is an empty image. */
export const nativeImage = {
  createEmpty: () => new NativeImage(''),
  createFromPath: (path: string) => new NativeImage(existsSync(path) ? path : ''),
  createFromDataURL: (url: string) => new NativeImage(url),
  createFromBuffer: (bytes: Uint8Array) => new NativeImage(`${bytes.length} bytes`),
};
