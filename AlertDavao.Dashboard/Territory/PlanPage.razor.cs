using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Territory;

public sealed partial class PlanPage
{
    private Guid _officer;
    private PlanView? _view;
    private Rehearsal? _rehearsal;
    private (string Words, bool IsGood)? _said;
    private string? _mappingFault;
    private string? _groundFault;
    private string? _stationFault;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = TerritoryFeature.Said)]
    private string? What { get; set; }

    /// <summary>How many reports were routed anew a moment ago.</summary>
    [SupplyParameterFromQuery(Name = TerritoryFeature.Moved)]
    private string? Gone { get; set; }

    [SupplyParameterFromQuery(Name = TerritoryFeature.Rehearse)]
    private string? Asked { get; set; }

    /// <summary>The station that the form begins with.</summary>
    [SupplyParameterFromQuery(Name = "station")]
    private string? Known { get; set; }

    [SupplyParameterFromForm(FormName = "plan-station")]
    private StationForm Place { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "plan-mapping")]
    private MappingForm Mapping { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "plan-ground")]
    private GroundForm Piece { get; set; } = null!;

    [Inject]
    private ReadPlan Read { get; set; } = null!;

    [Inject]
    private RehearsePlan Rehearsed { get; set; } = null!;

    [Inject]
    private AddPlanStep Add { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string InForce => _view!.Edition is { } edition
        ? Format(TerritoryTexts.InForceSince, edition.Version, ManilaTime.Of(edition.At).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture), _view.NameOf(edition.By))
        : Format(TerritoryTexts.InForce, _view.InForce.Version);

    protected override void OnInitialized()
    {
        _officer = AccountClaims.OfficerOf(Http.User) ?? Guid.Empty;
        Mapping ??= new MappingForm();
        Piece ??= new GroundForm();
        var scope = Scopes.Of(_officer);
        _view = Read.Run(scope);
        Place ??= Known is { } code && _view?.Planned.Plan.Stations.GetValueOrDefault(code) is { } station ? StationForm.Of(station) : new StationForm();
        if (_view is null)
            return;
        _said = int.TryParse(Gone, NumberStyles.None, CultureInfo.InvariantCulture, out var moved)
            ? (Format(TerritoryTexts.MovedNow, moved), true)
            : TerritoryFeature.WordsOf(What);
        if (Asked is not null)
            _rehearsal = Rehearsed.Run(scope, _view);
    }

    private async Task PlanStation() => _stationFault = await Plan(Place.Read());

    private async Task PlanMapping() => _mappingFault = await Plan(Mapping.Read());

    private async Task PlanGround() => _groundFault = await Plan(Piece.Read());

    // What was typed stays in the form until it is planned.
    private async Task<string?> Plan(CityChange change)
    {
        try
        {
            if (await Add.Run(_officer, change) is { } rule)
                return PlanWords.OfRule(rule) ?? TerritoryTexts.NotYours;
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            return TerritoryTexts.Busy;
        }

        Navigation.NavigateTo($"{TerritoryFeature.Page}?{TerritoryFeature.Said}={TerritoryFeature.Done}");
        return null;
    }

    private static string Format(string words, params object[] values) => string.Format(CultureInfo.CurrentCulture, words, values);
}
