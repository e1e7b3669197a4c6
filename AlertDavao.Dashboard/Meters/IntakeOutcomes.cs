namespace AlertDavao.Dashboard.Meters;

/// <summary>How a request to file a report ended.</summary>
internal static class IntakeOutcomes
{
    public const string Tag = "outcome";

    public const string Accepted = "accepted";

    /// <summary>It came before; answered as the first time.</summary>
    public const string Repeated = "repeated";

    /// <summary>Something in it is wrong, or it was too large or too slow.</summary>
    public const string Invalid = "invalid";

    public const string Unauthorised = "unauthorised";

    /// <summary>Too many of the client or its address, or more files than it may have a day.</summary>
    public const string Limited = "limited";

    /// <summary>The writer's queue was full.</summary>
    public const string Busy = "busy";

    /// <summary>Our fault: it could not be stored.</summary>
    public const string Failed = "failed";
}
