// Loaded before a script by `node --import`: plain JavaScript, so that an old Node can read it and say what is wrong.
const needed = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < needed) {
  process.stderr.write(
    `Switchyard needs Node ${needed}; this is ${process.versions.node}. ` +
      'On Linux and Windows `npm ci` brings the right one; elsewhere install it from https://nodejs.org and try again.\n',
  );
  process.exit(1);
}
