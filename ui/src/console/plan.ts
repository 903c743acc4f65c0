/** A compound whose houses are alike: how many of what. */
export interface Plan {
  grids: number;
  buildings: number;
  entrances: number;
  floors: number;
  doors: number; // on each floor, behind one entrance
}

/** No compound has more. */
export const most: Plan = { grids: 50, buildings: 300, entrances: 20, floors: 60, doors: 30 };
export const doors_max = 100_000;
export const names = Object.keys(most) as (keyof Plan)[];

export const doorsOf = (plan: Plan): number => plan.buildings * plan.entrances * plan.floors * plan.doors;
/** The third door of the tenth floor is 1003. */
export const doorName = (floor: number, number: number): string => `${floor}${String(number).padStart(2, '0')}`;

/** The table of its doors as `import` takes it: neighbouring houses share a grid. */
export function tableOf(plan: Plan, lift: boolean): string {
  const lines = ['网格,楼栋,单元,楼层,门牌,电梯,楼层数'];
  for (let house = 0; house < plan.buildings; house++) {
    const grid = Math.floor((house * plan.grids) / plan.buildings) + 1;
    for (let entrance = 1; entrance <= plan.entrances; entrance++)
      for (let floor = 1; floor <= plan.floors; floor++)
        for (let door = 1; door <= plan.doors; door++)
          lines.push(
            `${grid}网格,${house + 1}栋,${entrance}单元,${floor},${doorName(floor, door)},${lift ? '有' : '无'},${plan.floors}`,
          );
  }
  return `${lines.join('\n')}\n`;
}
