/*
A terminal that is closed as its window is: this process alone has its other end, so that the kernel hangs it up when the
process is killed. It runs the command of its arguments there, prints the command's pid, and then what the terminal shows.
*/
import process from 'node:process';
import {spawn} from '@lydell/node-pty';

const [file = '', ...args] = process.argv.slice(2);
const pty = spawn(file, args, {cols: 120, rows: 40, name: 'xterm-256color'});
process.stdout.write(`${pty.pid}\n`);
pty.onData(data => {
	process.stdout.write(data);
});
