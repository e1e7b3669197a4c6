namespace AlertDavao.Dashboard.Data;

/// <summary>The program does not start on this folder, for a reason that a person can act on; the message is that sentence.</summary>
internal sealed class StartRefused(string why) : Exception(why);
