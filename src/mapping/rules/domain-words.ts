import type { OtherDomain } from "../model/model.ts";

/** Words without which nothing is of a domain beside Enterprise: the things that its techniques are done to. */
export const domainWords: Readonly<
  Record<
    OtherDomain,
    {
      readonly pattern: RegExp;
      readonly examples: readonly string[];
      /** Sentences of computers in general. */
      readonly others: readonly string[];
    }
  >
> = {
  "mobile-attack": {
    pattern:
      /(?<![\p{L}\p{N}])(?:(?:smart|cell|mobile )?(?:tele)?phones?|handsets?|mobiles?|android|ios|ipados|iphones?|ipads?|tablets?|apks?|sms|mms|text messages?|sim(?:[ -](?:cards?|swap\p{L}*))?|esim|imei|imsi|ss7|msisdn|basebands?|launcher|accessibility (?:services?|permissions?)|(?:app|play) store|google play|sideload\p{L}*|jailbr\p{L}*|call logs?|(?:phone|incoming|outgoing) calls?|dialler|dialer|push notifications?|device(?:['’]s)? (?:microphone|camera|contacts?|location|screen|storage|owner)|(?:of|from|on) (?:the|an?) (?:infected |compromised )?(?:user['’]s |victim['’]s )?device|(?<!web |desktop |web|windows )apps?)(?![\p{L}\p{N}])/iu,
    examples: [
      "The app records audio from the microphone.",
      "On Android it takes photos.",
      "It reads text messages.",
      "The spyware uploads the call log.",
      "It records from the device's microphone.",
    ],
    others: ["The implant records audio from the microphone.", "Command 7 takes a picture with the camera."],
  },
  "ics-attack": {
    pattern:
      /(?<![\p{L}\p{N}])(?:plcs?|rtus?|hmis?|scada|ics|ot|dcs|ieds?|sis|(?<!domain )controllers?|engineering (?:work)?stations?|plants?|factor(?:y|ies)|substations?|turbines?|generators?|pumps?|valves?|motors?|drives?|actuators?|sensors?|boilers?|furnaces?|conveyors?|robots?|breakers?|protection relays?|safety systems?|historians?|field(?:bus| devices?)|modbus|profinet|profibus|dnp3|iec[ -]?\d+|iec|opc(?: ua)?|s7(?:comm)?|bacnet|cip|set ?points?|ladder logic|industrial|power grid|(?:water|gas|oil|power|heating|wastewater) (?:works?|utilit(?:y|ies)|suppl(?:y|ies)|network|company|plant)|process (?:control|values?)|automation|operators? (?:screens?|panels?|stations?|displays?))(?![\p{L}\p{N}])/iu,
    examples: ["They took screenshots of the HMI.", "The firmware of the PLC was replaced.", "Pumps stood still."],
    others: ["They took screenshots of the displays.", "They logged on to the domain controller."],
  },
};
