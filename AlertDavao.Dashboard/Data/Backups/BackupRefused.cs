namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>A backup is not made, not good or not put back; the message is the sentence that says why.</summary>
internal sealed class BackupRefused(string why) : Exception(why);
