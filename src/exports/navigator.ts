import { jsonText } from "../json-text.ts";
import { buildLayers } from "../layers/build-layers.ts";
import { layerFaults } from "../layers/validate-layer.ts";
import { someCampaigns, type Export } from "./export.ts";

/** All layers of a report in one file; Navigator opens each in a tab of its own. */
export const navigator: Export = {
  id: "navigator",
  title: "ATT&CK Navigator layers in one file",
  extension: "json",
  mediaType: "application/json",
  render: (analysis, catalogue, options) => {
    const campaigns = someCampaigns(analysis, catalogue, options).map(({ id }) => id);
    const { generator, reportUrl: url } = options;
    const sources = url === undefined ? [] : [{ title: analysis.report.title, url }];
    const files = buildLayers(analysis, catalogue, { generator, campaigns, sources });
    // A layer of one campaign says all that the combined one would.
    const layers = files.filter((file) => !file.combined || file.campaigns.length > 1).map(({ layer }) => layer);
    for (const layer of layers) {
      const [fault] = layerFaults(layer, catalogue);
      if (fault !== undefined) throw new Error(`${layer.name}: would be no valid layer: ${fault}`);
    }
    return jsonText(layers.length === 1 ? layers[0] : layers);
  },
};
