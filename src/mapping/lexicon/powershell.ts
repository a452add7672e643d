/** Aliases of PowerShell that are no words of anything else, and the cmdlets that they stand for. */
const aliases: Readonly<Record<string, string>> = {
  epcsv: "export-csv",
  etsn: "enter-pssession",
  gc: "get-content",
  gcb: "get-clipboard",
  gci: "get-childitem",
  gcim: "get-ciminstance",
  gcm: "get-command",
  gin: "get-computerinfo",
  gip: "get-netipconfiguration",
  gp: "get-itemproperty",
  gps: "get-process",
  gsv: "get-service",
  gwmi: "get-wmiobject",
  icim: "invoke-cimmethod",
  icm: "invoke-command",
  iex: "invoke-expression",
  ipmo: "import-module",
  irm: "invoke-restmethod",
  iwmi: "invoke-wmimethod",
  iwr: "invoke-webrequest",
  ncim: "new-ciminstance",
  nsn: "new-pssession",
  rwmi: "remove-wmiobject",
  saps: "start-process",
  sasv: "start-service",
  sls: "select-string",
  spps: "stop-process",
  spsv: "stop-service",
  swmi: "set-wmiinstance",
  tnc: "test-netconnection",
};

const names: ReadonlyMap<string, string> = new Map(Object.entries(aliases));

/** The cmdlet that a token in lower case is an alias of. */
export const cmdletOf = (token: string): string | undefined => names.get(token);

/** `powershell`, or a cmdlet: their parameters may be cut short. */
export const isPowerShell = (program: string): boolean =>
  /^(?:powershell|pwsh|[a-z]{2,12}-[a-z]\w+)(?:\.exe)?$/.test(program);

/** The shortest beginning of a parameter that is taken for it; one letter is ambiguous with most cmdlets. */
const shortestParameter = 2;

/** Whether the token is a parameter's beginning: `-comp` for `-computername`. Both in lower case. */
export const shortens = (token: string, parameter: string): boolean =>
  token.length > shortestParameter && parameter.startsWith("-") && parameter.startsWith(token);
