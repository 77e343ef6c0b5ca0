// The time, level and thread of the engines take half of that.
const widthForTimes = 90;

/** Whether lines of a log in a pane of a width show the time that they begin with: as a person has chosen, else where there is room. */
export function showsTimes({hasTimes}: {readonly hasTimes?: boolean}, width: number): boolean {
	return hasTimes ?? width >= widthForTimes;
}
