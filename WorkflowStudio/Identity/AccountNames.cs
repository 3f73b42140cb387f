using System.Text;
using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Identity;

/// <summary>How an address is looked up: as Identity does it, but whatever somebody types, for its own normalizer throws at some of it.</summary>
internal sealed class AccountNames : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : UnicodeForm.Of(name, NormalizationForm.FormC).ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
