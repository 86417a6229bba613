// The utility process of the small app: answers once, then ends when it is told.
process.parentPort.on('message', ({ data }) => {
  if (data === 'end') process.exit(7);
  process.parentPort.postMessage({ heard: data, argument: process.argv[2] });
});
