namespace AlertDavao.Dashboard.Accounts;

/// <summary>What a session's screens say of it.</summary>
/// <param name="IsLocked">Details and actions ask again who is there; what arrives is shown in short.</param>
/// <param name="EndsSoonAt">When it ends, said from a quarter of an hour before; null while it is longer off.</param>
internal readonly record struct SessionNotice(bool IsLocked, DateTimeOffset? EndsSoonAt)
{
    /// <summary>Nothing to say.</summary>
    public const string Open = "open";

    /// <summary>As the page's styles and scripts know it.</summary>
    public string State => IsLocked ? "locked" : EndsSoonAt is null ? Open : "ending";
}
