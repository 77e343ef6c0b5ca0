import v8 from 'node:v8';

/**
Has V8 begin to look for garbage among what is old when nearly all memory of the moment's limit is used. By itself it begins
when what is left is less than its young space, which in a run is at the start of the second benchmark: 20 ms of both cores,
for a few megabytes of what the start of the command left behind.
*/
export function collectLate(): void {
	v8.setFlagsFromString('--incremental-marking-soft-trigger=95');
	v8.setFlagsFromString('--incremental-marking-hard-trigger=98');
}
