/** Whether a run or a view of one opens the console: on a terminal, unless lines or events are asked for. */
export function isConsoleWanted(argv: readonly string[]): boolean {
	return process.stdout.isTTY && process.stdin.isTTY && !argv.includes('--plain') && !argv.includes('--json');
}

/** Whether it is help that is asked for. */
export function isHelpWanted(argv: readonly string[]): boolean {
	return argv.includes('--help') || argv.includes('-h');
}
