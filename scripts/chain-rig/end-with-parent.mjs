// Loaded into the server: ends it when the process that started it was killed and could not end it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 1000).unref();
