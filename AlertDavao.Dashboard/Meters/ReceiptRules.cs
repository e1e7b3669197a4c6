namespace AlertDavao.Dashboard.Meters;

/// <summary>What the page that sends receipts and the endpoint that takes them agree on.</summary>
internal static class ReceiptRules
{
    public const string Path = "/api/receipts";

    /// <summary>Bytes of one; a cursor of all logs and a count for each bucket fit in twice.</summary>
    public const int MaxBytes = 2048;

    /// <summary>Arrivals that one speaks of.</summary>
    public const int MaxArrivals = 2000;

    /// <summary>A screen waits so long before it sends one, and up to half as long again: what arrives everywhere at once is not said at once.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
}
