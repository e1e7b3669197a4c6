using System.Collections.Concurrent;
using System.Text.Json;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// What a passkey was asked, between the question and the answer: sealed in the browser that asked, and taken once. A
/// question of before a restart is void, so that what was taken need not be stored.
/// </summary>
internal sealed class PasskeyQuestions(SealedCookies cookies, TimeProvider time)
{
    private readonly string _run = SessionCookie.NewKey();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);

    /// <param name="officer">Who adds a passkey; null for a sign-in, where nobody knows yet who it will be.</param>
    public void Ask(HttpContext http, Guid? officer, string? state)
        => cookies.Write(http, SealedCookie.Passkey, JsonSerializer.Serialize(new Question(_run, SessionCookie.NewKey(), officer, state)));

    /// <returns>The state of the question; null when there was none for this officer, or it was answered already.</returns>
    public string? Take(HttpContext http, Guid? officer)
    {
        if (cookies.Read(http, SealedCookie.Passkey) is not { } text
            || JsonSerializer.Deserialize<Question>(text) is not { } question || question.Run != _run || question.Officer != officer)
            return null;

        cookies.Remove(http, SealedCookie.Passkey);
        var now = time.GetUtcNow();
        foreach (var (id, until) in _taken)
        {
            if (until < now)
                _taken.TryRemove(id, out _);
        }

        return _taken.TryAdd(question.Id, now + SealedCookie.Passkey.Life) ? question.State : null;
    }

    private sealed record Question(string Run, string Id, Guid? Officer, string? State);
}
