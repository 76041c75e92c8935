/**
 * Loaded into a service by `npm start` before its own code: when the process that started it is gone without having stopped it
 * (killed), the service stops by itself, so that nothing is left holding its port.
 */
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
