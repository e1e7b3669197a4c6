namespace AlertDavao.Dashboard.Data;

/// <summary>Too many writes wait, or the program is stopping. Nothing was written; trying again later is right.</summary>
internal sealed class WriterBusy() : Exception("The writer takes no more units now.");

/// <summary>The transaction of a whole group could not be committed. Nothing of it was written.</summary>
internal sealed class WriteFailed(Exception cause) : Exception("The transaction was rolled back.", cause);
