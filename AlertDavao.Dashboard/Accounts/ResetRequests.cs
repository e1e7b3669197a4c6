using System.Threading.Channels;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Looks at what was asked, one after the other, and mails a link where an account is open and was not written to too often.
/// Beyond <see cref="Most"/> that wait nothing is taken, and nobody is told.
/// </summary>
internal sealed partial class ResetRequests(
    Writer writer, DeliverLink deliver, IHostEnvironment environment, ILogger<ResetRequests> log) : BackgroundService
{
    /// <summary>Mails that an account gets in an hour without the city desk.</summary>
    public const int MostAnHour = 3;

    private const int Most = 256;

    private static readonly UpperInvariantLookupNormalizer _names = new();

    private readonly Channel<ResetRequest> _asked = Channel.CreateBounded<ResetRequest>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(ResetRequest request) => _asked.Writer.TryWrite(request);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Answer(request);
            }
            catch (Exception e)
            {
                // By its kind alone: its words may hold what was typed.
                Failed(e.GetType().Name);
            }
        }
    }

    private async Task Answer(ResetRequest request)
    {
        var name = _names.NormalizeName(request.Email);
        if (await writer.Run(unit => Make(unit, name)) is not { } made)
            return;

        var link = LinkAddress.Link(request.Before, made.Kind, made.Token);
        // Development alone has no mail here. On the console, where a developer looks; a log may be kept.
        if (!deliver.Run(made.Kind, made.Email, made.Name, link) && environment.IsDevelopment())
            Console.WriteLine($"A reset was asked for (shown in Development alone): {link}");
    }

    private static MadeLink? Make(WriteUnit unit, string? name)
    {
        var since = unit.Now - TimeSpan.FromHours(1);
        if (unit.Db.Users.SingleOrDefault(account => account.NormalizedUserName == name && account.LockedAt == null) is not { Email: { } email } account
            || unit.Db.AccountLinks.Count(link => link.OfficerId == account.Id && link.Kind == AccountLinkKind.Reset && link.CreatedAt > since) >= MostAnHour)
            return null;

        var officer = unit.Db.Officers.Where(one => one.Id == account.Id).Select(one => one.Name).SingleOrDefault() ?? "";
        return new MadeLink(AccountLinkKind.Reset, email, officer, AccountLinks.Add(unit, account.Id, AccountLinkKind.Reset));
    }

    [LoggerMessage(LogLevel.Warning, "A reset that was asked for could not be looked at ({Kind}).")]
    private partial void Failed(string kind);
}

/// <param name="Before">What comes before the link's path.</param>
internal sealed record ResetRequest(string Email, string Before);
