/** Lists of people. */
export declare const peopleFormats: readonly ["roster.csv"];
