using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace WorkflowStudio.Operations.Keys;

/// <summary>The networks from which a key may be used.</summary>
internal static class KeyNetworks
{
    /// <summary>How many a key can have.</summary>
    public const int Most = 20;

    /// <summary>Reads <c>203.0.113.0/24</c>, <c>2001:db8::/32</c> or a single address.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = IPNetwork.TryParse(text, out var whole) ? whole
            : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : null;
        return network is not null;
    }

    /// <summary>Whether an address lies in one of them; where none are named, every one does. An unknown address lies in none.</summary>
    public static bool Allow(IReadOnlyList<IPNetwork> networks, IPAddress? address)
    {
        if (networks.Count == 0) return true;
        if (address is null) return false;
        var asked = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(n => n.Contains(asked));
    }
}
