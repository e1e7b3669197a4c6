using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>
/// What a screen says about what it painted and what its officer has seen, at most every <see cref="ReceiptRules.Every"/> and
/// only when there is something to say:
/// <code>
/// POST /api/receipts        cookie of a session (locked or not), Origin of the product
/// {"painted":"CURSOR","painted_ms_ago":480,"latencies":[0,0,3,...],"seen":["REPORT",...],"seen_ms_ago":120}
/// </code>
/// <c>painted</c> is the board's cursor (<c>#complete-to[data-cursor]</c>) as it was last painted, <c>painted_ms_ago</c> before;
/// <c>latencies</c> counts the arrivals since the last receipt by how long after their commit they were painted, a count for
/// each of <see cref="LatencyBuckets.Bounds"/> and one for what took longer, together at most
/// <see cref="ReceiptRules.MaxArrivals"/>; <c>seen</c> names at most <see cref="ReceiptRules.MaxSeen"/> reports that were in view
/// in a visible, focused tab with input since, the last of them <c>seen_ms_ago</c> before. The last four fields may be missing,
/// or the counts be zero, as long as it tells something. 204; 422 names the field that is wrong.
/// The counts move a meter; what is painted and seen for the first time in a log is written down (<see cref="Sights"/>). Of a log
/// that the caller does not see nothing is, and the answer is the same.
/// </summary>
internal static class Receipts
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost(ReceiptRules.Path, Receive)
        .WithMetadata(new SessionLock.Stays(), new HubDoor.FromOwnPages());

    /// <summary>How much came; null when the page went in the middle of it.</summary>
    private static async Task<int?> Length(HttpContext http, byte[] body)
    {
        try
        {
            return await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<IResult> Receive(
        HttpContext http, ProductMeter meter, Sights sights, ScopeDirectory scopes, SessionDirectory sessions, TimeProvider time)
    {
        // One byte more than it may have, or than it says it has.
        var body = new byte[Math.Min(http.Request.ContentLength ?? ReceiptRules.MaxBytes, ReceiptRules.MaxBytes) + 1];
        if (await Length(http, body) is not { } length)
            return Results.Empty;
        var receipt = new Receipt();
        if ((length > ReceiptRules.MaxBytes ? Receipt.Body : receipt.Read(body.AsMemory(0, length))) is { } wrong)
            return Malformed(wrong);

        for (var bucket = 0; bucket < receipt.Counts.Length; bucket++)
            meter.Painted(LatencyBuckets.Middle(bucket), receipt.Counts[bucket]);
        if (AccountClaims.OfficerOf(http.User) is not { } officer || AccountClaims.SessionOf(http.User) is not { } session)
            return Results.NoContent();

        var (scope, now) = (scopes.Of(officer), time.GetUtcNow());
        sights.Painted(scope, receipt.Painted, now - receipt.PaintedAgo);
        // Nobody knows who stands before a locked screen.
        if (receipt.Seen.Count > 0 && !sessions.IsLocked(session))
            sights.Seen(scope, receipt.Seen, now - receipt.SeenAgo);
        return Results.NoContent();
    }

    private static IResult Malformed(string field) => Results.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: OperationsTexts.ReceiptInvalid,
        extensions: new Dictionary<string, object?>
        {
            ["message"] = OperationsTexts.ReceiptInvalid,
            ["errors"] = new Dictionary<string, string[]> { [field] = [OperationsTexts.ReceiptIsNone] },
        });
}
