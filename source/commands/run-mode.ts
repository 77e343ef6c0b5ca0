/** Whether a screen can be drawn: on a terminal, at both ends, that can move its cursor. */
export function hasScreen(): boolean {
	const {TERM} = process.env;
	return process.stdin.isTTY && process.stdout.isTTY && TERM !== 'dumb';
}

/** Whether a run or a view of one opens the console: where a screen can be drawn, unless lines or events are asked for. */
export function isConsoleWanted(argv: readonly string[]): boolean {
	return hasScreen() && !argv.includes('--plain') && !argv.includes('--json');
}

/** Whether it is help that is asked for. */
export function isHelpWanted(argv: readonly string[]): boolean {
	return argv.includes('--help') || argv.includes('-h');
}
