using System.Globalization;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Territory;

/// <summary>A plan in words.</summary>
internal static class PlanWords
{
    private const int MostNamed = 3;

    /// <summary>What a step does.</summary>
    public static string Of(CityChange change, PlanView view) => change switch
    {
        SetStation station when !view.InForce.Stations.ContainsKey(station.Code) => Format(TerritoryTexts.StepNewStation, station.Code, station.ShortName),
        SetStation station => Format(TerritoryTexts.StepStation, station.Code, station.ShortName),
        GiveBarangays give => Format(TerritoryTexts.StepMapping, Names(give.Psgcs, view), give.Station),
        MoveGround move => Format(TerritoryTexts.StepGround, Name(move.Psgc, view), move.Corners.Count),
        _ => "",
    };

    /// <summary>Why a step or a plan is refused; null for a rule that is none of a plan's.</summary>
    public static string? OfRule(string rule) => rule switch
    {
        "Plan.Code" => TerritoryTexts.RuleCode,
        "Plan.Name" => Format(TerritoryTexts.RuleName, CityPlan.MaxName, CityPlan.MaxShortName),
        "Plan.TooLong" => Format(TerritoryTexts.RuleTooLong, CityPlan.MaxAddress, CityPlan.MaxNumbers),
        "Plan.Place" => TerritoryTexts.RulePlace,
        "Plan.NoSuchStation" => TerritoryTexts.RuleStation,
        "Plan.NoBarangay" => TerritoryTexts.RuleNoBarangay,
        "Plan.NoSuchBarangay" => TerritoryTexts.RuleBarangay,
        "Plan.NoPiece" => TerritoryTexts.RulePiece,
        "Plan.NotBeside" => TerritoryTexts.RuleNotBeside,
        "Plan.ItsOwn" => TerritoryTexts.RuleItsOwn,
        "Plan.NothingLeft" => TerritoryTexts.RuleNothingLeft,
        "Plan.TooMany" => Format(TerritoryTexts.RuleTooMany, PlanSteps.Most),
        "Plan.Empty" => TerritoryTexts.RuleEmpty,
        "Plan.Faulty" => TerritoryTexts.RuleFaulty,
        "Plan.Stale" => TerritoryTexts.RuleStale,
        _ => null,
    };

    /// <summary>A log as a person reads it.</summary>
    public static string Log(string code, PlanView view) => code == LogCode.City ? TerritoryTexts.Unrouted
        : view.Planned.Plan.Stations.TryGetValue(code, out var station) ? $"{code} {station.ShortName}" : code;

    private static string Names(IReadOnlyList<string> psgcs, PlanView view)
    {
        var named = string.Join(", ", psgcs.Take(MostNamed).Select(psgc => Name(psgc, view)));
        return psgcs.Count > MostNamed ? Format(TerritoryTexts.AndMore, named, psgcs.Count - MostNamed) : named;
    }

    private static string Name(string psgc, PlanView view) => view.InForce.Barangays.TryGetValue(psgc, out var barangay) ? barangay.Name : psgc;

    private static string Format(string words, params object[] values) => string.Format(CultureInfo.CurrentCulture, words, values);
}
