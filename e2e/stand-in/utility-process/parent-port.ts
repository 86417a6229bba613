/** Loaded into a utility process before its own code: `process.parentPort`. */
import { EventEmitter } from 'node:events';

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    if (process.connected) process.send?.(message);
  }
}

const port = new ParentPort();
process.on('message', (carried: unknown) => {
  const data = typeof carried === 'object' && carried !== null ? Reflect.get(carried, 'message') : undefined;
  port.emit('message', { data, ports: [] });
});
process.on('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: port });
