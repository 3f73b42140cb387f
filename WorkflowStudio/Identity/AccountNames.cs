using System.Text;
using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Identity;

/// <summary>How an address is looked up: as Identity does it, but whatever somebody types; its own way throws at some of it.</summary>
internal sealed class AccountNames : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : UnicodeForm.Of(name, NormalizationForm.FormC).ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
