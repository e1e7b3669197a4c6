namespace AlertDavao.Dashboard.Meters;

/// <summary>What the page that sends receipts and the endpoint that takes them agree on.</summary>
internal static class ReceiptRules
{
    public const string Path = "/api/receipts";

    /// <summary>Bytes of one; a cursor of all logs, a count for each bucket and the reports that were seen fit in.</summary>
    public const int MaxBytes = 12 * 1024;

    /// <summary>Arrivals that one speaks of.</summary>
    public const int MaxArrivals = 2000;

    /// <summary>Reports that one says were seen; what is more waits for the next.</summary>
    public const int MaxSeen = 200;

    /// <summary>How long ago what one tells can have been.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);

    /// <summary>A screen waits so long before it sends one, and up to half as long again: what arrives everywhere at once is not said at once.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>So long after one a screen that nobody looked at says no more, and up to half as long again: ten thousand of them are as many requests.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(40);
}
