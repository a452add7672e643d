import { someCampaigns, type Export } from "./export.ts";
import { markedTable, tableHeading, techniqueTable } from "./technique-table.ts";

/** An appendix to paste: between its comments the table can be updated in place later. */
export const markdownTable: Export = {
  id: "markdown",
  title: "Markdown appendix: table of techniques",
  extension: "md",
  mediaType: "text/markdown",
  render: (analysis, catalogue, options) => {
    someCampaigns(analysis, catalogue, options);
    return `${tableHeading}\n\n${markedTable(techniqueTable(analysis, catalogue, options))}\n`;
  },
};
