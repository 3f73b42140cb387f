using System.Net;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>What an endpoint may be.</summary>
public static class EndpointRules
{
    /// <summary>How many endpoints an environment of a workspace can have.</summary>
    public const int Most = 50;

    /// <summary>The longest address, in characters.</summary>
    public const int MaxAddress = 2_000;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 500;

    /// <summary>How many events can be chosen.</summary>
    public const int MaxEvents = 16;

    private static readonly string[] OwnNames = ["localhost", "local", "internal", "lan", "home.arpa"];

    /// <summary>
    /// Why there can be no endpoint at this address; null when there can. What a name leads to is looked at whenever it is called, for it
    /// may change: this refuses what is wrong by itself. What the operator allows (STUDIO_ALLOWED_HOSTS) may be http, too.
    /// </summary>
    public static string? AddressProblem(string address, GuardedHttpOptions allowed)
    {
        if (address.Length > MaxAddress) return $"The address has {address.Length} characters, at most {MaxAddress} are possible.";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return "The address has to begin with https:// and name a host, for example https://example.com/hooks.";
        if (url.UserInfo.Length > 0)
            return "The address holds a name or a password. Leave them out: deliveries are signed with the endpoint's secret.";
        if (allowed.Allows(url.IdnHost, url.Port)) return null;
        if (url.Scheme != "https") return "The address has to begin with https://.";
        return IsOwn(url)
            ? $"The host {url.Host} is not on the public internet, so the studio does not call it. Whoever runs the studio can allow it: "
                + "STUDIO_ALLOWED_HOSTS is a setting of the server."
            : null;
    }

    /// <summary>Why there can be no such choice of events; null with what they are when there can.</summary>
    public static string? EventsProblem(WebhookDialect dialect, IReadOnlyList<string> events, out Happenings chosen)
    {
        chosen = Happenings.None;
        if (events.Count is 0 or > MaxEvents) return $"Choose 1 to {MaxEvents} events. Known: {Known(dialect)}.";
        foreach (var name in events)
        {
            var one = WebhookEvents.Read(dialect, name);
            if (one == Happenings.None) return $"There is no event {ShownText.Cut(name, 60)}. Known: {Known(dialect)}.";
            chosen |= one;
        }

        return null;
    }

    private static string Known(WebhookDialect dialect) => string.Join(", ", WebhookEvents.Of(dialect));

    private static bool IsOwn(Uri url)
    {
        if (IPAddress.TryParse(url.IdnHost, out var literal)) return !PublicAddress.IsPublic(literal);
        var name = url.IdnHost.TrimEnd('.');
        return OwnNames.Any(own => name.Equals(own, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("." + own, StringComparison.OrdinalIgnoreCase));
    }
}
