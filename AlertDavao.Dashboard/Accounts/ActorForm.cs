using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Antiforgery;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>A form that an officer sent from a page of ours: what it asks for is done, and the page is told.</summary>
internal static class ActorForm
{
    /// <param name="busy">What the page is told when nothing could be written now.</param>
    /// <param name="act">Authorises inside itself; who acts is given.</param>
    /// <param name="answer">The answer to what the act said.</param>
    public static async Task<IResult> Run<T>(
        HttpContext http, IAntiforgery antiforgery, T busy, Func<Guid, IFormCollection, Task<T>> act, Func<T, IFormCollection, IResult> answer)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        if (AccountClaims.OfficerOf(http.User) is not { } actor || !http.Request.HasFormContentType)
            return Results.NotFound();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            return answer(await act(actor, form), form);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            return answer(busy, form);
        }
    }
}
