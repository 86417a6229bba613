/** Loaded into each measured process beside its own code: tells the CPU time of its main thread when asked. */
process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.threadCpuUsage();
    process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
  }
});
process.channel?.unref();
process.on('disconnect', () => process.exit(0));
